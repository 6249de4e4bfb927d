package lang

import "errors"

// ParseNumber reads a number as the language writes it.
func (p Printer) ParseNumber(s string) (float64, error) { return 0, errors.New(s) }
