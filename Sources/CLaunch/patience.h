#ifndef PORTRUN_PATIENCE_H
#define PORTRUN_PATIENCE_H

#include "address.h"

#include <stdbool.h>

// Makes the clock that ends calls which take long; SIGCHLD is its signal. To be called once in a process that serves.
// False when the user has no signals left to queue: a call could take for ever then.
bool portrun_start_clock(void);

// Connects a socket that blocks, for as long as others can wait.
//
// Returns 0, or an errno value with its sign turned: EINTR when the connection takes longer, and goes on by itself.
int portrun_connect_patiently(int socket, const struct portrun_address *address);

#endif
