#ifdef __linux__
// clock_gettime(2)
#define _GNU_SOURCE

#include "rule.h"

#include "answer.h"
#include "clock.h"


void portrun_add_rule(struct portrun_shared *shared, const struct portrun_rule *rule) {
    if (shared->rule_count == shared->rule_limit) return;
    shared->rules[shared->rule_count] = (struct portrun_kept_rule){.rule = *rule};
    shared->rule_count++;
    portrun_add_port(&shared->declared, rule->declared);
    portrun_add_port(&shared->booked, rule->booked);
}

void portrun_set_rule(struct portrun_shared *shared, const struct portrun_rule *rule) {
    if (portrun_has_port(&shared->booked, rule->declared) || portrun_has_port(&shared->declared, rule->booked)) return;
    for (uint32_t index = 0; index < shared->rule_count; index++) {
        struct portrun_kept_rule *kept = &shared->rules[index];
        if (kept->rule.declared != rule->declared || kept->rule.transport != rule->transport) continue;
        if (kept->rule.uses != rule->uses || kept->rule.booked == rule->booked) return;
        *kept = (struct portrun_kept_rule){.rule = *rule};
        portrun_add_port(&shared->booked, rule->booked);
        return;
    }
    portrun_add_rule(shared, rule);
}

struct portrun_kept_rule *portrun_find_rule(
    struct portrun_translation *translation, enum portrun_transport transport, enum portrun_use use, uint16_t port) {
    struct portrun_shared *shared = translation->shared;
    for (uint32_t index = 0; index < shared->rule_count; index++) {
        struct portrun_rule *rule = &shared->rules[index].rule;
        if (rule->declared == port && rule->transport == transport && (rule->uses & use) != 0) {
            return &shared->rules[index];
        }
    }
    return NULL;
}

void portrun_follow_bind(struct portrun_translation *translation, struct portrun_rule *bound) {
    if ((bound->uses & portrun_use_connect) != 0) return;
    struct portrun_kept_rule *other =
        portrun_find_rule(translation, bound->transport, portrun_use_connect, bound->declared);
    if (other != NULL) {
        other->rule.booked = bound->booked;
    } else {
        bound->uses |= portrun_use_connect;
    }
}

void portrun_report_rule(
    struct portrun_translation *translation, struct portrun_kept_rule *rule, enum portrun_report_kind kind,
    pid_t thread) {
    enum { pause = 250 };
    if ((rule->settled >> kind & 1) != 0) return;
    int64_t moment = portrun_now();
    if (rule->reported != 0 && moment - rule->reported < pause) return;
    rule->reported = moment;
    struct portrun_report report = {
        .kind = kind,
        .pid = thread,
        .declared = rule->rule.declared,
        .booked = rule->rule.booked,
        .transport = rule->rule.transport};
    portrun_send_report(translation, &report);
}
#endif
