output "cluster_name" {
  value = var.cluster_name
}

output "workers" {
  value = hcloud_server.worker[*].name
}
