import PortrunBase

/// The state that a shell remembers of the last export: the folder, and each watched file as it was.
package struct WatchState: Sendable, Equatable {
    private let folder: String
    private let files: [File]

    private struct File: Equatable {
        let path: String
        let stamp: String
    }

    /// Handed to portrun by a shell's hook, and to no other program.
    package static let variable = "PORTRUN_WATCH"

    /// Watches no files: only another folder is a change.
    package init(folder: String) {
        self.folder = folder
        files = []
    }

    /// The files as they are now.
    package init(of list: WatchList, in folder: String) {
        self.folder = folder
        files = list.files.map { File(path: $0, stamp: Self.stamp(of: $0)) }
    }

    /// Reads what `text` gave; nil for anything else.
    package init?(_ text: String) {
        let words = WordList.words(in: text)
        guard let folder = words.first, words.count % 2 == 1 else { return nil }
        self.folder = folder
        files = stride(from: 1, to: words.count, by: 2).map { File(path: words[$0], stamp: words[$0 + 1]) }
    }

    package var text: String {
        var words = [folder]
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
