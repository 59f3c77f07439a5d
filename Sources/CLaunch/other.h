#ifndef PORTRUN_OTHER_H
#define PORTRUN_OTHER_H

// Ports of other checkouts, which a command may name without knowing whose they are.

#include "address.h"
#include "answer.h"
#include "request.h"
#include "shared.h"

// Reports that a program is about to connect to one of them, at most four times a second, until it is settled. The call
// is the kernel's.
void portrun_meet_other(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address);

// Binds one of them that is free. Asks for another port in the place of one that is in use, and waits for it: there is a
// rule for it then.
//
// Returns true with the answer for a socket that is bound; false where that is still to be done, or to fail.
bool portrun_bind_other(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address, bool is_repeated,
    struct portrun_answer *answer);

#endif
