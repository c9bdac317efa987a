package memory

import (
	"testing"

	"marginalia/app/store"
	"marginalia/app/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return New() })
}
