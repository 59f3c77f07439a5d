import Logging
import PortrunBase
import PortrunDaemon

// What the server below has to say is of no use to anybody; the daemon says by itself what is.
LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
await DaemonProgram().run()
