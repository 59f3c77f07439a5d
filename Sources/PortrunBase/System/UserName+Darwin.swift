#if canImport(Darwin)
    extension UserName {
        static func known(_ uid: UInt32) -> String? {
            getpwuid(uid).flatMap { $0.pointee.pw_name }.map { String(cString: $0) }
        }
    }
#endif
