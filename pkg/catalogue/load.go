package catalogue

import (
	"fmt"
	"io/fs"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/templates"
)

// shipped is the name of the catalogue inside the binary, below templates/.
const shipped = "catalogue.yaml"

// Load returns the catalogue that ships with flowmap.
func Load() (Catalogue, error) {
	src, err := fs.ReadFile(templates.FS(), shipped)
	if err != nil {
		return Catalogue{}, fmt.Errorf("the catalogue that ships with flowmap: %w", err)
	}
	var c Catalogue
	if err := audit.Strict("shipped "+shipped, src, &c); err != nil {
		return Catalogue{}, err
	}
	return c, nil
}
