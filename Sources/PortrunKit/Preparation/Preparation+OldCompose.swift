import PortrunBase
import PortrunCompose

extension Plan {
    /// Has the compose that a shell would run tell its version, which later exports know then; they ask nobody.
    package func askComposeVersion() {
        guard project != nil else { return }
        let environment = checkout.userEnvironment
        _ = try? ComposeCommand(["docker", "compose"])?.versionWithoutOverride(
            program: SearchPath(environment).absolute.candidates(for: Array("docker".utf8)), environment: environment,
            state: checkout.state)
    }
}

extension Preparation {
    /// The preparation as the compose that is installed understands it.
    ///
    /// One that does not know `!override` would publish the old ports beside the new ones: a compose command gets the
    /// project's whole configuration in place of its files, and a shell is told of no files.
    ///
    /// - Parameter isDryRun: remember nothing; trouble with the compose that is installed is a warning.
    func understood(isDryRun: Bool = false) throws -> Preparation {
        guard let override, override.needsOverrideTag else { return self }
        if plan.compose != nil {
            do throws(RemapError) {
                return try understoodByCommand(override, isDryRun: isDryRun)
            } catch {
                guard isDryRun else { throw error }
                var result = self
                result.warnings.append(Warning(error.message))
                return result
            }
        }
        return plan.invocation == nil ? try understoodByShell() : self
    }

    private func understoodByCommand(
        _ override: ComposeOverride, isDryRun: Bool
    ) throws(RemapError) -> Preparation {
        let checkout = plan.checkout
        guard let compose = plan.compose, let project = plan.project, let command,
            let version = try compose.versionWithoutOverride(
                program: command.candidates, environment: checkout.userEnvironment,
                state: checkout.state, isRemembered: !isDryRun)
        else { return self }
        var plain = command
        plain.arguments = toldArguments
        let path = override.path(
            as: project.overrideName(in: booked.context) + "-whole", in: checkout.state)
        guard let text = try compose.configuration(for: plain, project, changedBy: override, version: version) else {
            return self
        }
        var result = self
        result.command?.arguments = compose.arguments(toldArguments, in: project.directory, configuration: path)
        result.files = files.filter { if case .override = $0 { false } else { true } }
        result.files.append(.configuration(text, booked.context.fileOwner, path: path))
        return result
    }

    /// An export only prints, and starts nothing: what has not told its version yet is taken for one of today.
    private func understoodByShell() throws -> Preparation {
        let checkout = plan.checkout
        let words = ["docker", "compose"]
        let isTooOld =
            ComposeCommand(words)?.isKnownToBeTooOld(
                program: SearchPath(checkout.userEnvironment).absolute.candidates(for: Array(words[0].utf8)),
                environment: checkout.userEnvironment, state: checkout.state) ?? false
        guard isTooOld else { return self }
        var result = try Preparation(plan, booked, without: .override)
        result.warnings = warnings + [Warning("`docker compose` is too old to have its ports moved in a shell")]
        return result
    }
}
