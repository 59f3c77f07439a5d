import PortrunBase

/// The kinds of files whose recipes a program runs.
enum RecipeFile: Equatable {
    case makefile, justfile, taskfile

    init?(program name: String) {
        switch name {
        case "make", "gmake": self = .makefile
        case "just": self = .justfile
        case "task", "go-task": self = .taskfile
        default: return nil
        }
    }

    /// `$(MAKE)` in a recipe.
    init?(variable text: String) {
        guard ["$(MAKE)", "${MAKE}"].contains(text) else { return nil }
        self = .makefile
    }

    var names: [String] {
        switch self {
        case .makefile: ["GNUmakefile", "makefile", "Makefile"]
        case .justfile: ["justfile", "Justfile", ".justfile"]
        case .taskfile: ["Taskfile.yml", "taskfile.yml", "Taskfile.yaml", "taskfile.yaml", "Taskfile.dist.yml"]
        }
    }

    private var folderFlags: [String] {
        switch self {
        case .makefile: ["-C", "--directory"]
        case .justfile: ["-d", "--working-directory"]
        case .taskfile: ["-d", "--dir"]
        }
    }

    private var fileFlags: [String] {
        switch self {
        case .makefile: ["-f", "--file", "--makefile"]
        case .justfile: ["-f", "--justfile"]
        case .taskfile: ["-t", "--taskfile"]
        }
    }

    /// The folder and the file that a command line names; nil for the usual file.
    func place(in arguments: ArraySlice<ScriptWord>, _ folder: String) -> (folder: String, file: String?) {
        var place: (folder: String, file: String?) = (folder, nil)
        for index in arguments.indices {
            var (flag, value) = arguments[index].text.parts(at: "=")
            if self == .makefile, let name: String = flag.rest(after: "-C"), !name.isEmpty {
                (flag, value) = ("-C", name)
            }
            guard let word = value ?? (index + 1 < arguments.endIndex ? arguments[index + 1].text : nil)
            else { continue }
            if folderFlags.contains(flag) { place.folder = Path.absolute(word, in: folder) }
            if fileFlags.contains(flag) { place.file = word }
        }
        return place
    }
}
