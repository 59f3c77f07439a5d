#include "launch.h"
int portrun_placeholder(void) { return 0; }
