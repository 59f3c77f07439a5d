#if os(Linux)
    extension SocketExchange {
        package static var streamType: Int32 { Int32(SOCK_STREAM.rawValue) }

        /// Does nothing: each send says it.
        static func preventSIGPIPE(_ descriptor: Int32) {}

        package static func portableSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
            Glibc.send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
        }
    }
#endif
