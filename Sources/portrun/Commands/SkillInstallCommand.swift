import ArgumentParser
import PortrunBase
import PortrunKit

struct SkillInstallCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Write the skill where agents look for skills.",
        usage: "portrun skill install [<options>]",
        discussion: """
            Writes .agents/skills/portrun/SKILL.md and .claude/skills/portrun/SKILL.md in this checkout, or with \
            `--global` in your home folder. What you have changed in them is kept beside them, as SKILL.md.bak.

            EXAMPLES
              portrun skill install
              portrun skill install --global
            """)

    @OptionGroup var placeOptions: SkillPlaceOptions

    func run(in system: System) throws -> Int32 {
        let place = try placeOptions.place(in: system)
        for file in AgentSkill.files {
            let path = Path.absolute(file, in: place.folder)
            try place.makeFolder(of: file)
            let replacement = try place.replacement(of: file)
            let name = Path.shortest(path, from: place.checkout.workingDirectory)
            let content = Array(AgentSkill.text.utf8)
            guard content != replacement.content else {
                if !placeOptions.quiet { Report.notice("`\(name)` stays as it is") }
                continue
            }
            try replacement.write(
                content, isKeepingBackup: replacement.content != nil, state: place.checkout.state, now: system.now)
            if !placeOptions.quiet { Report.notice("`\(name)` written") }
        }
        return 0
    }
}

struct SkillUninstallCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Remove the skill again.",
        usage: "portrun skill uninstall [<options>]",
        discussion: """
            Removes what `portrun skill install` has written and nobody has changed since.

            EXAMPLES
              portrun skill uninstall
              portrun skill uninstall --global
            """)

    @OptionGroup var placeOptions: SkillPlaceOptions

    func run(in system: System) throws -> Int32 {
        let place = try placeOptions.place(in: system)
        var isWhole = true
        for file in AgentSkill.files {
            let path = Path.absolute(file, in: place.folder)
            guard let content = try place.replacement(of: file).content else { continue }
            let name = Path.shortest(path, from: place.checkout.workingDirectory)
            guard content == Array(AgentSkill.text.utf8) else {
                Report.warning(Warning("`\(name)` is not what this portrun writes, and stays"))
                isWhole = false
                continue
            }
            guard unlink(path) == 0 else { throw WriteError.file(.failed(path: path, code: errno)) }
            // Folders that hold nothing else go, too.
            var folder = Path.parent(path)
            while folder != place.folder, rmdir(folder) == 0 { folder = Path.parent(folder) }
            if !placeOptions.quiet { Report.notice("`\(name)` removed") }
        }
        return isWhole ? 0 : 1
    }
}

/// Where a skill is installed.
struct SkillPlaceOptions: ParsableArguments {
    @OptionGroup var placeOptions: PlaceOptions

    @Flag(help: "In your home folder, for all projects.")
    var global = false

    @Flag(name: .shortAndLong, help: "Do not say what was done.")
    var quiet = false

    func place(in system: System) throws -> SkillPlace {
        let checkout = try Checkout(placeOptions.selection, system)
        guard global else { return SkillPlace(checkout: checkout, folder: checkout.context.path, isHome: false) }
        guard let home = system.home else { throw SkillError.noHome }
        return SkillPlace(checkout: checkout, folder: home, isHome: true)
    }
}

/// The folder whose agents are told.
struct SkillPlace {
    let checkout: Checkout
    /// The root of the checkout, or the user's home.
    let folder: String
    let isHome: Bool

    /// A link of the project's is no word of the user's; one in the user's home is.
    func replacement(of file: String) throws -> FileReplacement {
        let path = Path.absolute(file, in: folder)
        let replacement = try FileReplacement(path)
        if !isHome { try replacement.stays(in: folder, path, named: file) }
        return replacement
    }

    /// Makes the folders between `folder` and the file that are missing.
    func makeFolder(of file: String) throws {
        var path = folder
        for name in file.split(separator: "/").dropLast() {
            path += "/" + name
            guard mkdir(path, 0o777) != 0 else { continue }
            guard errno == EEXIST else { throw WriteError.file(.failed(path: path, code: errno)) }
            guard !isHome, FileSystem.link(at: path) != nil else { continue }
            // Nothing is made where a link of a project's leads out of it.
            let real = FileSystem.resolved(path) ?? path
            guard let root = FileSystem.resolved(folder), Path.relative(real, to: root) != nil else {
                throw WriteError.leadsOut(file: file, real: real)
            }
        }
    }
}

/// Why a skill cannot be installed.
enum SkillError: ReportableError, Equatable {
    case noHome

    var message: String { "`HOME` names no folder" }
    var hint: String? { "set it, or leave `--global` out" }
}
