import PortrunBase

extension Preparation {
    /// A warning for each env file whose values the command reads by itself, though a port in them has moved.
    ///
    /// Asks git which of them it ignores, and so not under the registry's lock.
    package func unreachedValues() -> [Warning] {
        let unreached = plan.docker == nil ? rewrite?.unreached ?? [] : plan.unreachedInContainer(booked)
        guard !unreached.isEmpty else { return [] }
        let checkout = plan.checkout
        let ignored = IgnoredFiles.among(
            unreached.map(\.path), in: checkout.context.path, environment: checkout.userEnvironment)
        return unreached.map { value in
            let edit = value.edit
            var message = "`\(value.name)` keeps \(edit.declared), and `\(edit.service)` is on \(edit.booked) here"
            if value.others > 0 { message += ", with \(value.others) more in this file" }
            if ignored?.contains(value.path) == true, EnvFileUse.canBeInLine(Path.lastName(value.path)) {
                message += ": `portrun write --env` puts the port there"
            } else {
                message += ignored?.contains(value.path) == false ? ": git tracks the file, so " : ": "
                message +=
                    value.isOverriding
                    ? "put \(edit.booked) there yourself" : "set `\(value.name)` for the command that reads it"
                if let omission = booked.translation?.omission {
                    message += ", or \(omission.remedy)"
                }
            }
            return Warning(file: Path.shortest(value.path, from: checkout.workingDirectory), line: value.line, message)
        }
    }
}
