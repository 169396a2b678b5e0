#pragma once

// For the window, which writes copies where the person wants them: PersonsFiles.
#include "storage/FileRights.h"
