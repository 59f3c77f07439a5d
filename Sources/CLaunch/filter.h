#ifndef PORTRUN_FILTER_H
#define PORTRUN_FILTER_H

#include <stdbool.h>

// The filter that hands bind, connect and their kin to a supervisor: seccomp(2), seccomp_unotify(2).

// Writes its text, in the memory of this process.
//
// - has_udp: what sends a datagram to an address is handed over, too.
// - has_others: so are signals that end or stop a process.
void portrun_write_filter(bool has_udp, bool has_others);

// Puts the text on this process, for itself and all that it starts. Calls nothing of the C library.
//
// Returns the listener, close-on-exec, or an errno value with its sign turned.
int portrun_install_filter(void);

#endif
