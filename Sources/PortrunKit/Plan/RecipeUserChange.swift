import PortrunBase

/// A program that makes an ordinary user another one, in the recipes that make and its kin read by themselves.
enum RecipeUserChange {
    /// The first such program that a file of recipes in `folder` names; nil for none, and for any other command.
    static func find(_ words: [String], in folder: String) -> UserChange? {
        guard let program = words.first else { return nil }
        for name in files(of: Path.lastName(program)) {
            guard let text = try? FileSystem.read("\(folder)/\(name)", limit: limit) else { continue }
            for word in text.split(whereSeparator: { !isPart($0) }) {
                if let change = UserChange(named: String(decoding: word, as: UTF8.self)) { return change }
            }
        }
        return nil
    }

    /// In bytes. What is longer is no recipe that somebody has written.
    private static let limit = 1 << 20

    static func files(of program: String) -> [String] {
        switch program {
        case "make", "gmake": ["GNUmakefile", "makefile", "Makefile"]
        case "just": ["justfile", "Justfile", ".justfile"]
        case "task": ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml"]
        default: []
        }
    }

    /// A path ends before the program's name.
    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
