import CProcess

/// The memory of this process that is allocated piece by piece.
package enum Heap {
    /// Gives pages back to the system in which nothing is allocated any more: a launcher may wait for days.
    package static func trim() { portrun_trim_heap() }
}
