#include "build.h"

#ifndef PORTRUN_COMMIT
#define PORTRUN_COMMIT ""
#endif
#ifndef PORTRUN_BUILD
#define PORTRUN_BUILD "debug"
#endif

const char *portrun_build_commit(void) { return PORTRUN_COMMIT; }

const char *portrun_build_kind(void) { return PORTRUN_BUILD; }
