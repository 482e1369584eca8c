"""`storefront status`: how the shop does right now, on one screen."""
