#ifndef PORTRUN_SERVER_H
#define PORTRUN_SERVER_H

#include "shared.h"

#include <poll.h>

// Makes this process one that can serve. False when it lacks what that takes.
bool portrun_begin_serving(void);

// Answers what waits at the listener, as poll(2) has found it, for a while. False when nobody is left to serve: the
// listener is closed then.
bool portrun_answer_polled(struct portrun_translation *translation, const struct pollfd *answer);

// Whether some has been received and is yet to be answered.
bool portrun_has_waiting(void);

// Answers what the process that served before has received and not answered.
void portrun_answer_left(struct portrun_translation *translation);

// Sees to it that another process holds the listener, which takes over when this one ends.
void portrun_find_successor(struct portrun_translation *translation);

// Serves as a process that does nothing else, until nobody is left to serve, and `command`, a child, has ended; 0 for
// none. Does not return.
void portrun_serve_alone(struct portrun_translation *translation, pid_t command) __attribute__((noreturn));

// Leaves group, folder and all descriptors but `count` ones of the caller, and blocks all signals: nothing that ends or
// stops the command's group, closes its terminal or waits for the end of its output concerns this process.
//
// - stays: in the session.
void portrun_withdraw(const int *kept, int count, bool stays);

#endif
