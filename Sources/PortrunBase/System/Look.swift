/// One look at a project: the one door to its files, and the limits that all of them have together.
///
/// What a project holds is not trusted: it may have files without end, and small ones that stand for much. Whoever reads
/// one asks here for its bytes, and says here what he makes of them. At the first limit the look is over: what would
/// come next is left out, whatever file it is in, and `end` is the one thing to tell.
package final class Look {
    package let limits: LookLimits
    // What is counted at each step is without the check for exclusive access, which took a hundredth of a launch.
    @exclusivity(unchecked) private var spent: [Int]
    /// Why the look is over; nil while it is not.
    @exclusivity(unchecked) package private(set) var end: LookEnd?
    /// The file that was read last; those before it follow.
    private var last: LookedFile?

    /// The work done since the clock was asked, in steps.
    @exclusivity(unchecked) private var steps = 0
    /// When the clock was first asked, in nanoseconds.
    package private(set) var start: Int64?
    /// Whose that time was.
    private var times = LookedTimes()
    /// Enough for the clock to cost nothing, and done within a millisecond.
    private static let stepsBetweenClocks = 512

    /// - Parameter start: when the time began, as an earlier look's `start` says; nil for now.
    package init(_ limits: LookLimits = .ofCommand, since start: Int64? = nil) {
        self.limits = limits
        self.start = start
        spent = [Int](repeating: 0, count: LookResource.count)
    }

    /// The whole content of the regular file at `path`, which is opened once, whatever names it has.
    ///
    /// - Throws: `FileError`; `.leftOut` when the look is over. What is no regular file is not even opened.
    package func read(_ path: String) throws(FileError) -> [UInt8] {
        guard end == nil else { throw .leftOut(path: path) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .failed(path: path, code: errno) }
        guard FileSystem.kind(of: status) == .file else { throw .notAFile(path: path) }
        let known = known(path, status)
        if let known, known.path == path { return known.content }
        guard spend(1, of: .files, in: path) else { throw .leftOut(path: path) }
        if let known {
            last = LookedFile(path, status, known.content, before: last)
            return known.content
        }
        // Only a file that takes no place on a disk may be one that the kernel makes up.
        if status.st_blocks == 0, FileSystem.isMadeUp(path) { throw .notAFile(path: path) }
        let content = try content(of: path)
        last = LookedFile(path, status, content, before: last)
        return content
    }

    /// The whole content of the regular file at `path`, which is none of `files`, and may be opened again.
    ///
    /// - Throws: `FileError`; `.leftOut` when the look is over.
    package func readBesides(_ path: String) throws(FileError) -> [UInt8] {
        guard spend(1, of: .files, in: path) else { throw .leftOut(path: path) }
        return try content(of: path)
    }

    private func content(of path: String) throws(FileError) -> [UInt8] {
        let content: [UInt8]
        do throws(FileError) {
            content = try FileSystem.read(path, limit: limits[.bytes] - spent(.bytes))
        } catch .tooLarge {
            finish(at: path, .resource(.bytes, limit: limits[.bytes]))
            throw .leftOut(path: path)
        }
        guard spend(content.count, of: .bytes, in: path) else { throw .leftOut(path: path) }
        return content
    }

    /// The names in the folder at `path` but `.` and `..`, in no order; nil when it cannot be read, or is left out.
    ///
    /// - Parameter file: the project's file that sends us there.
    package func names(in path: String, for file: String) -> [String]? {
        guard end == nil, let names = FileSystem.names(in: path, limit: limits[.names] - spent(.names)),
            spend(names.count + 1, of: .names, in: file)
        else { return nil }
        return names
    }

    /// Takes `amount` of a resource.
    ///
    /// - Parameter path: the file that asks for it; absolute.
    /// - Returns: false when the look is over.
    package func spend(_ amount: Int, of resource: LookResource, in path: String) -> Bool {
        guard end == nil else { return false }
        let (sum, isTooMuch) = spent[resource.rawValue].addingReportingOverflow(amount)
        guard !isTooMuch, sum <= limits[resource] else {
            finish(at: path, .resource(resource, limit: limits[resource]))
            return false
        }
        spent[resource.rawValue] = sum
        return goesOn(after: resource == .bytes ? amount / 64 : amount, in: path)
    }

    /// True for as much of a resource as there may be in one project, of which a look may read several; else the look is
    /// over.
    package func admits(_ amount: Int, of resource: LookResource, in path: String) -> Bool {
        guard end == nil else { return false }
        if amount > limits[resource] { finish(at: path, .resource(resource, limit: limits[resource])) }
        return end == nil
    }

    /// Counts resources anew, for a file that is read once more; the time goes on.
    ///
    /// What a reader does not count by itself is to be counted with `goesOn` when it has done.
    package func recount() { spent = [Int](repeating: 0, count: LookResource.count) }

    /// Counts work that no resource stands for.
    ///
    /// - Parameter steps: comparisons, or the like.
    /// - Returns: false when the look is over.
    package func goesOn(after steps: Int, in path: String) -> Bool {
        guard end == nil else { return false }
        self.steps += steps
        guard self.steps >= Self.stepsBetweenClocks else { return true }
        self.steps = 0
        // Not the clock on the wall: a machine that is busy with something else is not the project's fault.
        let now = ProcessorClock.nanoseconds()
        times.note(path, at: now)
        guard let start else {
            start = now
            return true
        }
        guard let cause = limits.end(at: now, since: start) else { return true }
        finish(at: path, cause)
        return false
    }

    /// The files that were read, by each name that they were asked for, in the order of reading.
    package var files: [(path: String, content: [UInt8])] {
        var files: [(path: String, content: [UInt8])] = []
        var next = last
        while let file = next {
            files.append((file.path, file.content))
            next = file.before
        }
        return files.reversed()
    }

    /// The names that the file at `path` was read by before it was by this one.
    package func otherNames(of path: String) -> [String] {
        var next = last
        while let file = next, file.path != path { next = file.before }
        guard let own = next else { return [] }
        var names: [String] = []
        while let file = next?.before {
            if file.inode == own.inode, file.device == own.device { names.append(file.path) }
            next = file
        }
        return names
    }

    private func finish(at path: String, _ cause: LookEnd.Cause) {
        var end = LookEnd(path: path, cause: cause)
        switch cause {
        case .time: end.culprit = times.culprit(besides: last)
        case .resource(.bytes, let limit): end.culprit = LookedFile.culprit(at: path, among: last, limit) ?? end.culprit
        case .resource: break
        }
        self.end = end
    }

    private func spent(_ resource: LookResource) -> Int { spent[resource.rawValue] }

    /// The file as it has been read, by this name if it was read by that.
    private func known(_ path: String, _ status: stat) -> LookedFile? {
        var next = last
        var found: LookedFile?
        while let file = next {
            if file.inode == status.st_ino, file.device == status.st_dev {
                if file.path == path { return file }
                found = file
            }
            next = file.before
        }
        return found
    }
}
