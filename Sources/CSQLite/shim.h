#include <sqlite3.h>
#ifdef __linux__
#include <sys/vfs.h> /* statfs, which Swift's Glibc leaves out */
#endif

/* Swift cannot call a C function with variable arguments. */

/* Leaves out the locks around every call and allocation, and the count of memory in use. To be called before SQLite is
 * used at all, by a process of one thread. */
static inline int portrun_expect_one_thread(void) {
    int code = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    return code != SQLITE_OK ? code : sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static inline int portrun_no_checkpoint_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
