#ifndef PORTRUN_GATE_H
#define PORTRUN_GATE_H

#include "launch.h"

#include <stdatomic.h>

// The gate of a child that is about to be started. There is one, since there is one child at a time.
struct portrun_gate {
    struct portrun_image *image;
    // The end of whoever opens it, and the child's own.
    int ends[2];
    // True once the gate is open. A child that is still looking need not be woken, which takes longer than its wait.
    atomic_bool *is_open;
    // Whether the child sees `is_open` change: it runs in the memory of its parent, or that part is shared.
    bool is_visible;
    // What the child does before it waits; false when it is to end. Null for nothing.
    bool (*prepare)(void);
};

extern struct portrun_gate portrun_gate;

// Makes the two ends, close-on-exec. False with errno set when that fails.
bool portrun_make_gate(struct portrun_image *image);

// Starts the child. Returns its pid, or -1 with errno set.
pid_t portrun_start_child(void);

#endif
