/// Who descends from whom.
package enum ProcessTree {
    /// The parent of `pid`, its parent and so on, nearest first; empty when nothing can be read.
    ///
    /// Processes may end meanwhile, so the answer is a snapshot at best.
    package static func ancestors(of pid: Int32) -> [Int32] {
        var ancestors: [Int32] = []
        var current = pid
        // A pid can be taken anew while we look, so the walk must not trust that it ends.
        while ancestors.count < 4096, let parent = parent(of: current), parent > 0 {
            ancestors.append(parent)
            current = parent
        }
        return ancestors
    }

    /// The processes in a group, as far as the system lists them.
    package static func members(ofGroup group: Int32) -> [Int32] {
        (FileSystem.names(in: "/proc") ?? []).compactMap { Int32($0) }.filter { getpgid($0) == group }
    }
}
