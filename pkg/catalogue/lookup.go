package catalogue

// Platform returns the platform with the id, and false if there is none.
func (c Catalogue) Platform(id string) (Platform, bool) {
	for _, p := range c.Platforms {
		if p.ID == id {
			return p, true
		}
	}
	return Platform{}, false
}

// Product returns the product with the id, and false if there is none.
func (c Catalogue) Product(id string) (Product, bool) {
	for _, p := range c.Products {
		if p.ID == id {
			return p, true
		}
	}
	return Product{}, false
}

// Source returns the source with the id, and false if there is none: words of
// a workspace's own catalogue such as "our quote".
func (c Catalogue) Source(id string) (Source, bool) {
	for _, s := range c.Sources {
		if s.ID == id {
			return s, true
		}
	}
	return Source{}, false
}

// TierByID returns the platform's tier with the id, and false if there is none.
func (p Platform) TierByID(id string) (Tier, bool) {
	for _, t := range p.Tiers {
		if t.ID == id {
			return t, true
		}
	}
	return Tier{}, false
}
