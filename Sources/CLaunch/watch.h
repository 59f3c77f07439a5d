#ifndef PORTRUN_WATCH_H
#define PORTRUN_WATCH_H

// Ports that are in no rule, but on which the command listens.

#include "request.h"
#include "shared.h"

// Keeps a call of bind in mind, to see later what became of it: whether the socket listens, or could not be bound.
//
// The call itself is the kernel's: done here it would be done with the rights of this process.
void portrun_watch(struct portrun_translation *translation, const struct portrun_request *request, uint16_t port);

// The time until the next look, in milliseconds; -1 when there is none.
int portrun_watch_timeout(void);

// Looks at what is due, and reports.
void portrun_look(struct portrun_translation *translation);

#endif
