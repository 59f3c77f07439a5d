import PortrunCore
import ArgumentParser
print("portrun")
