#ifndef PORTRUN_PATIENCE_H
#define PORTRUN_PATIENCE_H

#include "address.h"

// Makes the clock that ends calls which take long. To be called once in a process that serves; SIGCHLD is its signal.
void portrun_start_clock(void);

// Connects a socket that blocks, for as long as others can wait.
//
// Returns 0, or an errno value with its sign turned: EINTR when the connection takes longer, and goes on by itself.
int portrun_connect_patiently(int socket, const struct portrun_address *address);

#endif
