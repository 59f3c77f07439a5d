import CSQLite
import PortrunBase

/// Whether a folder is shared between machines, where SQLite's write-ahead log must not be used (sqlite.org/wal.html).
enum NetworkFileSystem {
    static func holds(_ folder: String) -> Bool {
        var status = statfs()
        guard statfs(folder, &status) == 0 else { return false }
        return status.isOfNetwork
    }
}
