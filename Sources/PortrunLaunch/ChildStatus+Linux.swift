import PortrunBase

#if os(Linux)
    extension ChildStatus {
        static func isContinued(_ status: Int32) -> Bool { status == 0xffff }
    }
#endif
