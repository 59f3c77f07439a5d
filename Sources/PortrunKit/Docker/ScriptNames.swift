import PortrunBase
import PortrunCompose

/// The names that a project's makefiles and scripts give to containers, volumes and networks, as far as their text says.
///
/// For a name that no command of a portrun has given yet: `docker stop db` in a worktree, where the main one was started
/// without portrun. A name that scripts only use is not the project's.
struct ScriptNames {
    private let texts: [[UInt8]]

    private static let files: Set = [
        "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", ".justfile", "Taskfile.yml", "Taskfile.yaml",
        "package.json", "Procfile",
    ]
    private static let endings = [".sh", ".bash", ".mk", ".mak", ".just"]
    private static let folders = ["", "/bin", "/script", "/scripts", "/tools", "/hack", "/docker", "/.devcontainer"]
    private static let fileLimit = 64
    private static let sizeLimit = 1 << 18
    /// Of all files together.
    private static let totalLimit = 1 << 20

    /// Reads the files in `root`, and in the folders below it where scripts usually are.
    init(in root: String) {
        var texts: [[UInt8]] = []
        var total = 0
        let look = Look()
        for folder in Self.folders {
            for name in (look.names(in: root + folder, for: root) ?? []).sorted()
            where texts.count < Self.fileLimit && total < Self.totalLimit {
                guard Self.files.contains(name) || Self.endings.contains(where: name.hasSuffix) || folder == "/bin",
                    let text = try? look.read("\(root)\(folder)/\(name)"), text.count <= Self.sizeLimit
                else { continue }
                texts.append(text)
                total += text.count
            }
        }
        self.texts = texts
    }

    init(texts: [String]) { self.texts = texts.map { Array($0.utf8) } }

    /// True when one of the files gives `name` to something of the kind.
    func give(_ name: String, _ kind: DockerName.Kind) -> Bool {
        let marks: [String] =
            switch kind {
            case .container: ["--name", "container_name:"]
            case .volume: ["volume create", "-v", "--volume"]
            case .network: ["network create"]
            case .image, .project, .any: []
            }
        return texts.contains { text in
            Self.places(of: Array(name.utf8), in: text).contains { place in
                Self.isNamed(at: place, by: marks, in: text) && !Self.isReadOnly(at: place, in: text)
                    || Self.variable(assignedAt: place, in: text).map { Self.uses($0, marks, in: text) } ?? false
            }
        }
    }

    /// Where `name` stands as a whole word.
    private static func places(of name: [UInt8], in text: [UInt8]) -> [Int] {
        guard let first = name.first, text.count >= name.count else { return [] }
        var places: [Int] = []
        var place = 0
        while place <= text.count - name.count {
            if text[place] == first, text[place..<place + name.count].elementsEqual(name),
                place == 0 || !isOfName(text[place - 1]),
                place + name.count == text.count || !isOfName(text[place + name.count])
            {
                places.append(place)
            }
            place += 1
        }
        return places
    }

    /// True when one of `marks` stands before `place`, with nothing but `=`, quotes and spaces between.
    private static func isNamed(at place: Int, by marks: [String], in text: [UInt8]) -> Bool {
        let head = text[..<place]
        let end = head.lastIndex { !" ='\"\\".utf8.contains($0) }.map { $0 + 1 } ?? 0
        guard end < place else { return false }
        return marks.contains { mark in
            let start = end - mark.utf8.count
            return start >= 0 && text[start..<end].elementsEqual(mark.utf8)
                && (start == 0 || !isOfName(text[start - 1]))
        }
    }

    /// True for `name:/folder:ro`: what is only read may well be somebody else's.
    private static func isReadOnly(at place: Int, in text: [UInt8]) -> Bool {
        let word = text[place...].prefix { $0 > UInt8(ascii: " ") && !"'\"".utf8.contains($0) }
        return String(decoding: word, as: UTF8.self).hasSuffix(":ro")
    }

    /// The variable that the line assigns what stands at `place`: `NAME = x`, `export NAME ?= x`, `NAME="x"`.
    private static func variable(assignedAt place: Int, in text: [UInt8]) -> String? {
        let line = text[..<place].suffix(128).reversed().prefix { $0 != UInt8(ascii: "\n") }
        let head = String(decoding: line.reversed(), as: UTF8.self)
        guard let equals = head.lastIndex(of: "="), head[equals...].allSatisfy({ " ='\"".contains($0) }) else {
            return nil
        }
        let name = head[..<equals].split { " \t:?!+".contains($0) }.last.map(String.init) ?? ""
        return Environment.isIdentifier(name) ? name : nil
    }

    /// True when the value of `variable` is used behind one of `marks`: `$(NAME)`, `${NAME}`, `$NAME`, `{{NAME}}`.
    private static func uses(_ variable: String, _ marks: [String], in text: [UInt8]) -> Bool {
        places(of: Array(variable.utf8), in: text).contains { place in
            let head = text[..<place]
            let end = head.lastIndex { !"${( ".utf8.contains($0) }.map { $0 + 1 } ?? 0
            guard text[end..<place].contains(where: { "${".utf8.contains($0) }) else { return false }
            // The dollar sign stands where a name would.
            return isNamed(at: end + text[end..<place].prefix { $0 == UInt8(ascii: " ") }.count, by: marks, in: text)
        }
    }

    /// True for what a name of a container may be made of.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
