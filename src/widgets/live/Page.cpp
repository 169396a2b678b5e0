#include "widgets/live/Page.h"

#include "moc_Page.cpp"
