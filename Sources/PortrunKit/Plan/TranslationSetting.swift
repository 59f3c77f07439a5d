import PortrunBase
import PortrunCompose
import PortrunLaunch

/// Whether commands are to have a localhost of their own, as the user and the project have it.
struct TranslationSetting {
    let mode: Translation.Mode
    /// What switches it off; nil where nothing does.
    let omission: TranslationOmission?

    /// What the command line says holds; else either of the others can switch it off, for the project's text is nobody's
    /// who could insist.
    ///
    /// - Parameters:
    ///   - machine: what `portrun config` has set.
    ///   - folder: the one that the project's file is named relative to.
    init(
        option: Translation.Mode?, machine: String?, _ project: ComposeProject?, relativeTo folder: String
    ) {
        let machine = machine.flatMap(Translation.Mode.init(rawValue:))
        let project = project?.translate
        let ofProject = (project?.value).flatMap(Translation.Mode.init(rawValue:))
        if let option {
            mode = option
            omission = option == .off ? .option : nil
        } else if machine == .off {
            mode = .off
            omission = .machine
        } else if let project, ofProject == .off {
            mode = .off
            omission = .project(file: Path.shortest(project.file, from: folder), line: project.line)
        } else {
            mode = ofProject ?? machine ?? .auto
            omission = nil
        }
    }
}
