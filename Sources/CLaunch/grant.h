#ifndef PORTRUN_GRANT_H
#define PORTRUN_GRANT_H

#include "shared.h"

// Sends a question to the launcher. True for an answer in time, a second at most, that is another than 0.
bool portrun_ask(struct portrun_translation *translation, const struct portrun_report *question);

// Sends a request to the launcher, and takes what that grants until the request itself comes back, a second at most: there
// is a rule for each port then. False where nobody has heard it in that time.
bool portrun_ask_for_grants(struct portrun_translation *translation, const struct portrun_report *request);

#endif
