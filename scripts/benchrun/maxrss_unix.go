//go:build unix && !darwin

package main

// mebibytes converts what wait4 reports, which Linux and the BSDs count in KiB.
func mebibytes(maxrss int64) float64 { return float64(maxrss) / (1 << 10) }
