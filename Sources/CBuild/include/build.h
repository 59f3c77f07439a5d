#ifndef PORTRUN_BUILD_H
#define PORTRUN_BUILD_H

// The commit that this was built of, as `git describe` has it; empty where the build was not told.
const char *portrun_build_commit(void);

// How it is linked: `static`, `stdlib` (only Swift's own libraries are), or `debug`.
const char *portrun_build_kind(void);

#endif
