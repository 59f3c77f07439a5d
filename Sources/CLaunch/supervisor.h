#ifndef PORTRUN_SUPERVISOR_H
#define PORTRUN_SUPERVISOR_H

#include "translation.h"

// What stands in the way of serving the process `pid`, in which `descriptor` is open. Nothing is changed by it.
struct portrun_failure portrun_find_obstacle(pid_t pid, int descriptor);

// What it means that a filter was not installed; no obstacle for a listener.
struct portrun_failure portrun_read_refusal(int listener);

#endif
