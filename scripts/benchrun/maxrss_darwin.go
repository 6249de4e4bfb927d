package main

// mebibytes converts what wait4 reports, which macOS counts in bytes.
func mebibytes(maxrss int64) float64 { return float64(maxrss) / (1 << 20) }
