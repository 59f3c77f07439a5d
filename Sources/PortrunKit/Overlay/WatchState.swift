import PortrunBase

/// The state that a shell remembers of the last export: the folder, each watched file as it was, and what was said.
package struct WatchState: Sendable, Equatable {
    private let folder: String
    /// The one thing that the user was told, which need not be said again in the next folder; nil for nothing.
    package let told: String?
    /// By it the refusals are known that the user was told last, whatever folder that was for; nil for none.
    package var refusals: String?
    private var files: [File]

    /// Stands for nothing that was told: no word is empty.
    private static let nothing = "-"

    private struct File: Equatable {
        let path: String
        let stamp: String
    }

    /// Handed to portrun by a shell's hook, and to no other program.
    package static let variable = "PORTRUN_WATCH"

    /// Watches no files: only another folder is a change.
    package init(folder: String) {
        self.folder = folder
        told = nil
        files = []
    }

    /// A program must be able to start with this in a variable, beside others of the user's.
    private static let sizeLimit = EnvironmentLimit.longestEntry / 2

    /// The files as they are now, as far as a shell can remember them.
    package init(of list: WatchList, in folder: String, told: String? = nil) {
        self.folder = folder
        var files = list.files.map { File(path: $0, stamp: Self.stamp(of: $0)) }
        let count = files.count
        while Self.size(of: files) > Self.sizeLimit { files.removeLast((files.count + 1) / 2) }
        self.files = files
        let isShortened = files.count < count
        self.told =
            told
            ?? (isShortened
                ? "\(count) files decide what is exported here, and this shell sees changes of \(files.count): "
                    + "after others, leave the folder and come back" : nil)
    }

    private static func size(of files: [File]) -> Int {
        WordList.text(of: files.flatMap { [$0.path, $0.stamp] }).utf8.count
    }

    /// Reads what `text` gave; nil for anything else.
    package init?(_ text: String) {
        let words = WordList.words(in: text)
        guard words.count >= 3, words.count % 2 == 1 else { return nil }
        folder = words[0]
        told = words[1] == Self.nothing ? nil : words[1]
        refusals = words[2] == Self.nothing ? nil : words[2]
        files = stride(from: 3, to: words.count, by: 2).map { File(path: words[$0], stamp: words[$0 + 1]) }
    }

    /// Takes the file at `path` for one that was written at `time`: who watches it has done so itself, and knows.
    package mutating func expect(_ path: String, writtenAt time: timespec) {
        files = files.map { file in
            guard file.path == path, case let parts = file.stamp.split(separator: "."), parts.count == 4 else {
                return file
            }
            return File(path: path, stamp: "\(parts[0]).\(parts[1]).\(time.tv_sec).\(time.tv_nsec)")
        }
    }

    package var text: String {
        var words = [folder, told ?? Self.nothing, refusals ?? Self.nothing]
        for file in files { words += [file.path, file.stamp] }
        return WordList.text(of: words)
    }

    /// True in the same folder, with every file as it was.
    package func isCurrent(in folder: String) -> Bool {
        self.folder == folder && files.allSatisfy { Self.stamp(of: $0.path) == $0.stamp }
    }

    /// Changes when the file at `path` is written or replaced.
    private static func stamp(of path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return "-" }
        let time = FileSystem.modified(status)
        return "\(status.st_ino).\(status.st_size).\(time.tv_sec).\(time.tv_nsec)"
    }
}
