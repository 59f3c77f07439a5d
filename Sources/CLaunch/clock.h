#ifndef PORTRUN_CLOCK_H
#define PORTRUN_CLOCK_H

#include <stdint.h>
#include <time.h>

// The monotonic clock, in milliseconds.
static inline int64_t portrun_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

#endif
