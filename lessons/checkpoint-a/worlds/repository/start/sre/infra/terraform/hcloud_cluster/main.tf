resource "hcloud_network" "cluster" {
  name     = var.cluster_name
  ip_range = "10.0.0.0/8"
}

resource "hcloud_network_subnet" "nodes" {
  network_id   = hcloud_network.cluster.id
  type         = "cloud"
  network_zone = "eu-central"
  ip_range     = "10.1.0.0/16"
}

resource "hcloud_placement_group" "workers" {
  name = "${var.cluster_name}-workers"
  type = "spread"
}

resource "hcloud_server" "control_plane" {
  name        = "${var.cluster_name}-1"
  server_type = "cx22"
  image       = "ubuntu-24.04"
  location    = var.location
  labels      = { role = "control-plane" }
}

resource "hcloud_server" "worker" {
  count              = var.workers
  name               = "${var.cluster_name}-worker-${count.index + 1}"
  server_type        = var.worker_type
  image              = "ubuntu-24.04"
  location           = var.location
  placement_group_id = hcloud_placement_group.workers.id
  labels             = { role = "worker" }
}

resource "hcloud_load_balancer" "ingress" {
  name               = "${var.cluster_name}-ingress"
  load_balancer_type = "lb11"
  location           = var.location
}

resource "hcloud_server" "database" {
  name              = "db-prod"
  server_type       = "cx42"
  image             = "ubuntu-24.04"
  location          = var.location
  delete_protection = true
  labels            = { role = "database" }
}
