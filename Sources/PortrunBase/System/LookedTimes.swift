/// The time that a look has spent on each file, as far as the clock has seen it.
struct LookedTimes {
    private var last: FileTime?
    private var clock: Int64?

    /// Counts the time since the last one for the file at `path`, which is being worked on.
    mutating func note(_ path: String, at now: Int64) {
        let taken = clock.map { now - $0 } ?? 0
        clock = now
        var next = last
        while let time = next {
            if time.path == path {
                time.nanoseconds += taken
                return
            }
            next = time.before
        }
        last = FileTime(path, taken, before: last)
    }

    /// The file that half of the time was for, else all.
    ///
    /// - Parameter read: the file that was read last.
    func culprit(besides read: LookedFile?) -> LookEnd.Culprit {
        var (sum, count): (Int64, Int) = (0, 0)
        var most: FileTime?
        var next = last
        while let time = next {
            sum += time.nanoseconds
            count += 1
            if time.nanoseconds > most?.nanoseconds ?? -1 { most = time }
            next = time.before
        }
        guard let most, most.nanoseconds * 2 < sum else { return .file(most?.path ?? "") }
        return .files(max(count, LookedFile.distinct(read).count))
    }
}

/// Not an element of an array, the type of which each launch would make anew.
private final class FileTime {
    let path: String
    var nanoseconds: Int64
    let before: FileTime?

    init(_ path: String, _ nanoseconds: Int64, before: FileTime?) {
        self.path = path
        self.nanoseconds = nanoseconds
        self.before = before
    }
}
