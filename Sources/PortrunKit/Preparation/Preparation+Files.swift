import PortrunBase

extension Preparation {
    /// Writes the files, before the command runs and outside of any transaction.
    ///
    /// - Returns: the preparation as it can be executed, which goes without what could not be written where that is
    ///   possible, and says so in its warnings.
    /// - Throws: `RemapError` when a compose command would not get its override file; `TrustError` where another user may
    ///   change what is written.
    package func writeFiles() throws -> Preparation {
        var lacking = lacking
        var warnings = warnings
        for file in files {
            do {
                try file.write()
            } catch FileError.untrusted(let problem) {
                throw problem
            } catch let error as FileError {
                guard let warning = file.warning(error) else { throw error }
                warnings.append(warning)
                switch file {
                case .shims: lacking.insert(.shims)
                case .procfile: lacking.insert(.procfile)
                case .override, .configuration, .preload, .notes: lacking.insert(.preload)
                }
            }
        }
        guard lacking != self.lacking else { return self }
        var reduced = try Preparation(plan, booked, without: lacking)
        reduced.warnings = warnings
        return reduced
    }

    /// Sees to it that links of the shim are those of today: once the command runs, for it takes a look at every tool
    /// in every folder of `PATH`.
    package func refreshShims() throws(FileError) {
        for case .shims(let shims) in files { try shims.refresh(now: plan.checkout.system.now) }
    }
}
