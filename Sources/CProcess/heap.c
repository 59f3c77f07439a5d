#include "process.h"

#ifdef __linux__
#include <malloc.h>
#else
#include <malloc/malloc.h>
#endif

void portrun_trim_heap(void) {
#ifdef __linux__
    malloc_trim(0);
#else
    malloc_zone_pressure_relief(NULL, 0);
#endif
}
