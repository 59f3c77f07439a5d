#ifndef PORTRUN_RULE_H
#define PORTRUN_RULE_H

#include "shared.h"

// Puts a rule behind the others, where there is room for one.
void portrun_add_rule(struct portrun_shared *shared, const struct portrun_rule *rule);

// Puts a rule in the place of the one for the same port and both uses, or behind the others. Not where a port would both
// stand for another one and have one that stands for it, nor where an old rule makes a difference between the uses.
void portrun_set_rule(struct portrun_shared *shared, const struct portrun_rule *rule);

// The rule for a port; null for none.
struct portrun_kept_rule *portrun_find_rule(
    struct portrun_translation *translation, enum portrun_transport transport, enum portrun_use use, uint16_t port);

// Something below has bound by this rule: from now on, who connects means that, and no more what runs elsewhere.
void portrun_follow_bind(struct portrun_translation *translation, struct portrun_rule *bound);

// Reports what `thread` met by a rule: at most four times a second, until it is settled.
void portrun_report_rule(
    struct portrun_translation *translation, struct portrun_kept_rule *rule, enum portrun_report_kind kind,
    pid_t thread);

#endif
