import PortrunBase
import PortrunDaemon

await DaemonProgram().run()
