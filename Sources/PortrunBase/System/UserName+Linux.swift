#if os(Linux)
    extension UserName {
        /// From passwd(5) itself: in a static executable getpwuid(3) finds no modules to ask.
        static func known(_ uid: UInt32) -> String? {
            let text = String(decoding: (try? FileSystem.read("/etc/passwd")) ?? [], as: UTF8.self)
            for line in text.split(separator: "\n") {
                let fields = line.split(separator: ":", omittingEmptySubsequences: false)
                if fields.count > 2, UInt32(fields[2]) == uid { return String(fields[0]) }
            }
            return nil
        }
    }
#endif
