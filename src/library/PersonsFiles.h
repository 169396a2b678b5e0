#pragma once

// For the window, which writes copies where the person wants them and does not see the storage.
#include "storage/FileRights.h"
