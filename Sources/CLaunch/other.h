#ifndef PORTRUN_OTHER_H
#define PORTRUN_OTHER_H

// Ports that are in no rule: other checkouts may have them, and a command may name one without knowing whose it is.

#include "address.h"
#include "answer.h"
#include "request.h"
#include "shared.h"

// Reports that a program is about to connect to one of them, at most four times a second, until it is settled. The call
// is the kernel's.
void portrun_meet_other(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address);

// Whether the kernel hands the port out by itself.
bool portrun_is_ephemeral(const struct portrun_shared *shared, uint16_t port);

// Whether another checkout's server may have a port that is in no rule, where a bind is worth a look: one that is known to
// be another's, or any that portrun has not chosen and the kernel does not.
bool portrun_may_be_others(const struct portrun_translation *translation, uint16_t port);

// Likewise where a connect is worth a question: those that the kernel hands out may be such a server's, too.
bool portrun_is_askable(const struct portrun_translation *translation, uint16_t port);

// Asks whether another checkout's server listens on such a port before a program connects to it, and waits for the answer:
// there may be a rule for it then.
void portrun_ask_whose(struct portrun_translation *translation, pid_t thread, uint16_t port);

// Binds such a port if it is free. Asks for another one in the place of one that is in use, or that the socket might share
// with who uses it, and waits for it: there is a rule for it then.
//
// Returns true with the answer for a socket that is bound; false where that is still to be done, or to fail.
bool portrun_bind_undeclared(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address, bool is_repeated,
    struct portrun_answer *answer);

#endif
