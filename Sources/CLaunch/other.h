#ifndef PORTRUN_OTHER_H
#define PORTRUN_OTHER_H

// Ports of other checkouts, to which a command may connect without knowing whose they are.

#include "address.h"
#include "request.h"
#include "shared.h"

// Reports that a program is about to connect to one of them, at most four times a second, until it is settled. The call
// is the kernel's.
void portrun_meet_other(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address);

#endif
