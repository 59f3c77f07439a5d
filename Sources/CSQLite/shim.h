#include <sqlite3.h>
#ifdef __linux__
#include <sys/vfs.h> /* statfs, which Swift's Glibc leaves out */
#endif

/* Swift cannot call a C function with variable arguments. */
static inline int portrun_no_checkpoint_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
