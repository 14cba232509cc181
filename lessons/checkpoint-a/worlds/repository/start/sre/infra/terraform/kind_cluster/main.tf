terraform {
  required_providers {
    kind = {
      source  = "tehcyx/kind"
      version = "~> 0.8"
    }
  }
}

resource "kind_cluster" "practice" {
  name = var.cluster_name
}
