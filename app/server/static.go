package server

import (
	"fmt"
	"net/http"

	"marginalia/app/store"
)

// handleAsset answers with an asset by its hashed name, which never changes.
func (s *Server) handleAsset(w http.ResponseWriter, r *http.Request) error {
	f := s.assets.byPath[r.URL.Path]
	if f == nil {
		return fmt.Errorf("asset: %w", store.ErrNotFound)
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return s.sendAsset(w, r, f)
}

// handleFixed answers with an icon or the manifest, whose names have no hash.
func (s *Server) handleFixed(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Path[1:]
	if name == "favicon.ico" {
		name = "icon-192.png" // for those who do not read the page's link
	}
	f := s.assets.byName[name]
	if f == nil {
		return fmt.Errorf("asset: %w", store.ErrNotFound)
	}
	if unchanged(w, r, f.hash) {
		return nil
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	return s.sendAsset(w, r, f)
}

// handleWorker answers with the service worker, which browsers must ask for
// every time.
func (s *Server) handleWorker(w http.ResponseWriter, r *http.Request) error {
	f := s.assets.worker
	if f == nil {
		return fmt.Errorf("service worker: %w", store.ErrNotFound)
	}
	if unchanged(w, r, f.hash) {
		return nil
	}
	return s.sendAsset(w, r, f)
}
